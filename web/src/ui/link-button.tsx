import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useHref, useNavigate } from 'react-router';

interface LinkButtonProps {
  to: string;
  plain?: boolean;
  children: ReactNode;
}

/** A link that looks like a button; it stays a link, so it opens in a new tab too. */
export function LinkButton({ to, plain = false, children }: LinkButtonProps): ReactElement {
  const href = useHref(to);
  const navigate = useNavigate();
  return (
    <Button
      type={plain ? 'default' : 'primary'}
      href={href}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
