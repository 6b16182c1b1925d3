import { HttpSession } from '../http-session.js';
import { DEMO_PASSWORD, demoPeople } from './company.js';

/** Sessions of the demo accounts, by who they are: each logs in once, when first needed. */
export class DemoPeople {
  private readonly sessions = new Map<string, Promise<HttpSession>>();
  private readonly byId = new Map<string, HttpSession>();

  constructor(private readonly base: string) {}

  as(username: string): Promise<HttpSession> {
    const known = this.sessions.get(username);
    if (known) return known;
    const session = HttpSession.login(this.base, username, DEMO_PASSWORD);
    this.sessions.set(username, session);
    return session;
  }

  /** Everybody who may be asked to decide: all but the reps. */
  async loginDeciders(): Promise<void> {
    for (const { username, role } of demoPeople()) {
      if (role === 'REP') continue;
      const session = await this.as(username);
      this.byId.set(session.personId, session);
    }
  }

  /** null for somebody who is no demo account */
  decider(personId: string): HttpSession | null {
    return this.byId.get(personId) ?? null;
  }

  /** `Moses Frase` owns the deal: his account */
  ofName(name: string): Promise<HttpSession> {
    const person = demoPeople().find((candidate) => candidate.name === name);
    if (!person) throw new Error(`${name} has no demo account`);
    return this.as(person.username);
  }
}
