import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationSettings } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';

type Choice = NotificationSettings['matrix'][number];

const CHANNELS = ['IN_APP', 'MAIL', 'CHAT'] as const satisfies readonly Choice['channel'][];

interface ChannelMatrixProps {
  matrix: readonly Choice[];
  onChange: (choice: Choice) => void;
}

/** Kinds of news × ways to be told. A way that a kind does not go has no box. */
export function ChannelMatrix({ matrix, onChange }: ChannelMatrixProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const kinds = [...new Set(matrix.map(({ kind }) => kind))];
  return (
    <table className="grid-table notice-matrix">
      <thead>
        <tr>
          <th scope="col">{t('notifications.kind')}</th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`notifications.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">{words('noticeKind', kind)}</th>
            {CHANNELS.map((channel) => {
              const choice = matrix.find((one) => one.kind === kind && one.channel === channel);
              return (
                <td key={channel}>
                  {choice ? (
                    <input
                      type="checkbox"
                      aria-label={`${words('noticeKind', kind)} · ${t(`notifications.channel.${channel}`)}`}
                      checked={choice.enabled}
                      onChange={(event) => onChange({ ...choice, enabled: event.target.checked })}
                    />
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
