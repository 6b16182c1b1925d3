import { App } from 'antd';

/** A short confirmation of what the server has done. */
export function useToast(): (text: string) => void {
  const { message } = App.useApp();
  return (text) => void message.success(text);
}
