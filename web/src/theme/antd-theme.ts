import type { ThemeConfig } from 'antd';

/** The same colours as tokens.css; every pair of text and ground here has a contrast of at least 4.5. */
export const antdTheme: ThemeConfig = {
  token: {
    colorPrimary: '#1d4f91',
    colorLink: '#1d4f91',
    colorError: '#a61b1b',
    colorSuccess: '#11693f',
    colorWarning: '#8a4b00',
    colorText: '#182230',
    colorTextSecondary: '#475467',
    colorTextPlaceholder: '#667085',
    colorTextDisabled: '#667085',
    colorBorder: '#8a94a3',
    borderRadius: 7,
    controlHeight: 36,
    fontFamily: 'inherit',
    motionDurationMid: '0.12s',
  },
};
