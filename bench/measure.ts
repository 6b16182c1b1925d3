/** Milliseconds of each call until the time is over, from so many clients. */
export async function measure(
  clients: number,
  milliseconds: number,
  call: (n: number) => Promise<unknown>,
): Promise<number[]> {
  const until = performance.now() + milliseconds;
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = client; performance.now() < until; n += clients) {
        const asked = performance.now();
        await call(n);
        took.push(performance.now() - asked);
      }
    }),
  );
  return took;
}
