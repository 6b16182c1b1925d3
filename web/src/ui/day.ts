/** ISO date, so many days from today by the clock of whoever looks. */
export function dayFromNow(days: number): string {
  const day = new Date();
  day.setDate(day.getDate() + days);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

/** Midnight of the reader's own zone; `daysLater` 1 makes a last day inclusive. */
export function startOfDay(date: string, daysLater = 0): string {
  const midnight = new Date(`${date}T00:00:00`);
  midnight.setDate(midnight.getDate() + daysLater);
  return midnight.toISOString();
}
