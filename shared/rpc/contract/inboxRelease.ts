/** Owns: giving a kept message to a real server: the hosts that may get one, and what is released to whom and how. */
import { z } from 'zod'
import { Auth, StartAnswer, Target } from './dialogue.ts'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing } from './kinds.ts'

export const mostAllowedHosts = 100

/** `exact`: the octets as received. `resent`: the same behind Resent fields (RFC 5322 §3.6.6). */
export const releaseWays = ['exact', 'resent'] as const
export type ReleaseWay = (typeof releaseWays)[number]

export const ReleaseRequest = z.object({
  /** The message. */
  id: z.string().min(1),
  target: Target,
  auth: Auth,
  /** `''` is the null reverse-path. */
  envelopeFrom: z.string().max(1000),
  envelopeTo: z.array(z.string().max(1000)).max(1000),
  way: z.enum(releaseWays),
  /** For `resent`: the mailbox of who does it. */
  resentFrom: z.string().max(1000).optional(),
  /** That the message leaves for this host was seen and agreed to. */
  agreed: z.boolean(),
})
export type ReleaseRequest = z.input<typeof ReleaseRequest>
export type ReleasePlan = z.infer<typeof ReleaseRequest>

export const inboxRelease = {
  /** Names and addresses that somebody typed; none in the beginning. */
  'inbox.allowedHosts': call(nothing, z.object({ hosts: z.array(z.string()) })),
  'inbox.setAllowedHosts': call(
    z.object({ hosts: z.array(z.string().max(300)).max(mostAllowedHosts) }),
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), hosts: z.array(z.string()) }),
      z.object({ ok: z.literal(false), problems: z.array(FieldProblem) }),
    ]),
  ),
  /** A dialogue as any other begins; nothing is sent to a host that is not allowed, or back to this program. */
  'inbox.release': call(ReleaseRequest, StartAnswer),
}
