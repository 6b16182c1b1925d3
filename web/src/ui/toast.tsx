import {
  createContext,
  useCallback,
  useContext,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';

const SHOWN_MS = 4_000;
const Announce = createContext<(text: string) => void>(() => undefined);

/** A short confirmation of what the server has done, read out as well. */
export function useToast(): (text: string) => void {
  return useContext(Announce);
}

export function ToastArea({ children }: { children: ReactNode }): ReactElement {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((next: string) => {
    clearTimeout(timer.current);
    setText(next);
    timer.current = setTimeout(() => setText(''), SHOWN_MS);
  }, []);
  return (
    <Announce value={announce}>
      {children}
      <div className="toast-area" role="status">
        {text === '' ? null : <p className="toast">✓ {text}</p>}
      </div>
    </Announce>
  );
}
