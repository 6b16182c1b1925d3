import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What the server does with the next mail once it has read all of it. */
export type SmtpAnswer = 'ACCEPT' | 'CUT' | 'LATER' | 'NEVER';

export interface TestSmtp {
  url: string;
  /** raw mails that were read to their end, accepted or not */
  mails: string[];
  answers: SmtpAnswer[];
  close(): Promise<void>;
}

/** A real SMTP server in this process; without scripted answers it accepts. CUT drops the connection after DATA. */
export async function startSmtp(): Promise<TestSmtp> {
  const mails: string[] = [];
  const answers: SmtpAnswer[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        const answer = answers.shift() ?? 'ACCEPT';
        if (answer === 'ACCEPT') return done(null, `queued as ${mails.length}`);
        if (answer === 'CUT') return cut(server, session.id);
        done(Object.assign(new Error(answer), { responseCode: answer === 'LATER' ? 451 : 550 }));
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** As if the network went away between the mail and its receipt. */
function cut(server: SMTPServer, sessionId: string): void {
  const { connections } = server as unknown as {
    connections: Set<{ id: string; _socket: { destroy(): void } }>;
  };
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
}
