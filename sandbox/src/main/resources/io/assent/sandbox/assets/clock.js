// Time left, for people.

/** Minutes and seconds, such as 1:05. */
export function minutesAndSeconds(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Days that have begun. */
export const days = (milliseconds) => Math.ceil(milliseconds / 86_400_000);

/** Calls `tick` with the milliseconds left, now and every second, until they are over or `signal` is aborted. */
export function countDown(until, signal, tick) {
  const step = () => {
    const left = Math.max(0, until - Date.now());
    tick(left);
    if (left === 0) {
      clearInterval(timer);
    }
  };
  const timer = setInterval(step, 1000);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  step();
}

/** Waits; rejects with the signal's reason when it is aborted meanwhile. */
export function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
