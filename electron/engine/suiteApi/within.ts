/**
 * Owns: a task that ends with a signal or after a time. Not by AbortSignal.any over AbortSignal.timeout: the runtime
 * holds that timer weakly, so that a garbage collection before the first listener takes the time away, and a wait or a
 * delivery would never end. Here the timer holds what it aborts.
 */

/** `end` is aborted by `signal`, with its reason, or after `ms` milliseconds, with a TimeoutError. */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  task: (end: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new DOMException('too late', 'TimeoutError')), ms)
  const over = (): void => controller.abort(signal.reason)
  signal.addEventListener('abort', over)
  if (signal.aborted) over()
  try {
    return await task(controller.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', over)
  }
}
