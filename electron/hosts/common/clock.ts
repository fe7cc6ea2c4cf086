/** Owns: the real clock of a host. */
import type { Clock } from '#engine/ports.ts'

export const systemClock: Clock = {
  now: () => new Date(),
  // A float of milliseconds keeps whole microseconds for 285 years.
  micros: () => Math.round(performance.now() * 1000),
}
