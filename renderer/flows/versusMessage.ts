/** Owns: the message of the Send form for the comparison of SMTP with an HTTP API: the way there, and reading it. */
import type { Message } from '#shared/rpc/contract/message.ts'
import type { z } from 'zod'
import { messageOf } from '../model/composeMessage.ts'
import { isNobody, noRecipient, noSender } from '../model/composeRequest.ts'
import { goTo } from './route.ts'
import { readFiles } from './sendFiles.ts'
import type { Services } from './services.ts'

/** Opens the comparison with the message of the form. */
export function compareForm({ stores }: Services): void {
  stores.versus.setState({ ofForm: true, problem: '' })
  goTo({ room: 'versus', id: '' })
}

export type FormMessage = { ok: true; message: z.input<typeof Message> } | { ok: false; problem: string }

/** The message as it stands in the form now, its files read, or what is missing, in words. */
export async function formMessage(services: Services): Promise<FormMessage> {
  const { draft, secrets } = services.stores.compose.getState()
  const { files, problems } = await readFiles(services)
  const composed = messageOf(draft, files, secrets)
  const { message } = composed
  problems.push(...composed.problems)
  if (isNobody({ message }, draft)) problems.push(noRecipient)
  if (message.raw === undefined && message.from === '') problems.push(noSender)
  if (problems.length === 0) return { ok: true, message }
  return { ok: false, problem: `The message of the form is not complete. ${problems.map((one) => one.message).join(' ')}` } // prettier-ignore
}
