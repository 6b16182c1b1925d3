import {
  createContext,
  useCallback,
  useContext,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Link } from 'react-router';

const SHOWN_MS = 4_000;
/** Long enough to change one's mind and reach for it. */
const SHOWN_WITH_LINK_MS = 12_000;

/** Where the confirmation leads, for instance to take it back. */
interface ToastLink {
  to: string;
  label: string;
}
type Announcer = (text: string, link?: ToastLink) => void;
const Announce = createContext<Announcer>(() => undefined);

/** A short confirmation of what the server has done, read out as well. */
export function useToast(): Announcer {
  return useContext(Announce);
}

export function ToastArea({ children }: { children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<{ text: string; link: ToastLink | undefined } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback<Announcer>((text, link) => {
    clearTimeout(timer.current);
    setShown({ text, link });
    timer.current = setTimeout(() => setShown(null), link ? SHOWN_WITH_LINK_MS : SHOWN_MS);
  }, []);
  return (
    <Announce value={announce}>
      {children}
      <div className="toast-area" role="status">
        {shown === null ? null : (
          <p className="toast">
            ✓ {shown.text}{' '}
            {shown.link ? (
              <Link className="toast-link" to={shown.link.to} onClick={() => setShown(null)}>
                {shown.link.label}
              </Link>
            ) : null}
          </p>
        )}
      </div>
    </Announce>
  );
}
