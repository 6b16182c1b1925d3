const LOOK_EVERY_MS = 500;

/**
 * npm runs a script through a shell: SIGTERM to npm ends the shell and leaves the script behind. Under `npm start` the
 * launcher therefore ends when that shell has. Started any other way it may outlive its parent, as a service does.
 */
export function whenNpmHasEnded(then: () => void): void {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    then();
  }, LOOK_EVERY_MS);
  watch.unref();
}
