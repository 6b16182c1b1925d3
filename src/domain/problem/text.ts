/** What a refusal says to people who read raw answers: its name, and one sentence of the rule and what to do. */
export interface ProblemText {
  title: string;
  detail: string;
}

export type ProblemTexts = Readonly<Record<string, ProblemText>>;
