/** Owns: which rules are asked about a session, by the end of the connection that its recorder was. */
import { accepted } from './accepted.ts'
import { certificate } from './certificate.ts'
import { connection } from './connection.ts'
import { ehloMasked } from './ehloMasked.ts'
import { ehloRefused } from './ehloRefused.ts'
import { ending } from './ending.ts'
import { greeting } from './greeting.ts'
import { handshake } from './handshake.ts'
import { malformedReply } from './malformedReply.ts'
import { refusals } from './refusals.ts'
import { shutDown } from './shutDown.ts'
import { starttlsAnswer } from './starttlsAnswer.ts'
import { starttlsMissing } from './starttlsMissing.ts'
import type { Rule } from './types.ts'

/** What both ends see. */
const ofBoth: readonly Rule[] = [refusals, shutDown, accepted, ending]

/** What only who connected can say of the other side. */
const ofClient: readonly Rule[] = [
  connection,
  greeting,
  handshake,
  certificate,
  ehloRefused,
  ehloMasked,
  starttlsMissing,
  starttlsAnswer,
  malformedReply,
]

const rules: Record<'client' | 'server', readonly Rule[]> = {
  client: [...ofClient, ...ofBoth],
  server: ofBoth,
}

export const rulesFor = (role: 'client' | 'server'): readonly Rule[] => rules[role]
