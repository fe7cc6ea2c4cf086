/** Owns: the tone in which a finding is drawn, by its severity. */
import type { EventOf } from '#shared/transcript/event.ts'

export const findingTones = {
  error: 'bad',
  warning: 'warn',
  info: 'info',
  good: 'good',
} as const satisfies Record<EventOf<'finding'>['severity'], string>
