/** Owns: what a person chose about the running program itself, kept by the engine because the page may be closed. */
import { z } from 'zod'
import { call, nothing } from './kinds.ts'

/** Whether the local server starts when the program does; `as-left`: if it ran when the program ended. */
export const serverStarts = ['as-left', 'always', 'never'] as const

export const Choices = z.object({
  serverStart: z.enum(serverStarts),
  /** Whether a message that arrives is told by the system, also while the window is hidden. */
  notify: z.boolean(),
})
export type Choices = z.infer<typeof Choices>

export const ChoicesAnswer = Choices.extend({
  /** Who tells: the desktop host by itself, or the page by the browser, which has to be allowed to; null: nobody can. */
  notifiedBy: z.enum(['host', 'page']).nullable(),
})
export type ChoicesAnswer = z.infer<typeof ChoicesAnswer>

export const choices = {
  'app.choices': call(nothing, ChoicesAnswer),
  /** What is not named stays. */
  'app.choose': call(Choices.partial(), ChoicesAnswer),
}
