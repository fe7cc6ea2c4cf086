/** Owns: waiting for one thing with a time limit and a way to cancel; nothing here waits without both. */

export type Waited<T> =
  { how: 'done'; value: T } | { how: 'failed'; error: unknown } | { how: 'timeout' } | { how: 'cancelled' }

/**
 * Waits for `begin`'s promise at most `ms` milliseconds, or until the signal aborts. What it began goes on when the
 * wait is given up: the caller ends it. Never rejects; timer and listener are gone when it answers.
 */
export function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  begin: () => Promise<T>,
): Promise<Waited<T>> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ how: 'cancelled' })
    const finish = (result: Waited<T>): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      resolve(result)
    }
    const cancel = (): void => finish({ how: 'cancelled' })
    const timer = setTimeout(() => finish({ how: 'timeout' }), ms)
    signal?.addEventListener('abort', cancel, { once: true })
    begin().then(
      (value) => finish({ how: 'done', value }),
      (error: unknown) => finish({ how: 'failed', error }),
    )
  })
}
