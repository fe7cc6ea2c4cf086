/** Owns: asking again for what a lost connection left unanswered. Streams go on by themselves; single questions do not. */
import type { Services } from './services.ts'

/** `ask` runs each time the connection is there again. Answers with the way to stop. */
export const whenBack = ({ stores }: Services, ask: () => void): (() => void) =>
  stores.connection.subscribe(({ state }, before) => {
    if (state === 'open' && before.state !== 'open') ask()
  })
