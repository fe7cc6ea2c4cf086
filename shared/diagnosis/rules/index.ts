/** Owns: which rules are asked about a session, by the end of the connection that its recorder was. */
import { accepted } from './accepted.ts'
import { authMechanismBroken } from './authMechanismBroken.ts'
import { authOfferedInClear } from './authOfferedInClear.ts'
import { badSequence } from './badSequence.ts'
import { bareNewline } from './bareNewline.ts'
import { certificate } from './certificate.ts'
import { connection } from './connection.ts'
import { ehloMasked } from './ehloMasked.ts'
import { ehloRefused } from './ehloRefused.ts'
import { ending } from './ending.ts'
import { extensionMissing } from './extensionMissing.ts'
import { greeting } from './greeting.ts'
import { handshake } from './handshake.ts'
import { lineTooLong } from './lineTooLong.ts'
import { malformedReply } from './malformedReply.ts'
import { pipelining } from './pipelining.ts'
import { plaintextInjected } from './plaintextInjected.ts'
import { refusals } from './refusals.ts'
import { replyTooLong } from './replyTooLong.ts'
import { shutDown } from './shutDown.ts'
import { slowPhase } from './slowPhase.ts'
import { smuggling } from './smuggling.ts'
import { starttlsAnswer } from './starttlsAnswer.ts'
import { starttlsMissing } from './starttlsMissing.ts'
import { starttlsNotEnforced } from './starttlsNotEnforced.ts'
import { syntaxTolerated } from './syntaxTolerated.ts'
import { unknownCommand } from './unknownCommand.ts'
import type { Rule } from './types.ts'

/** What both ends see. */
const ofBoth: readonly Rule[] = [
  refusals,
  shutDown,
  accepted,
  ending,
  pipelining,
  unknownCommand,
  badSequence,
  bareNewline,
  lineTooLong,
  plaintextInjected,
  smuggling,
  syntaxTolerated,
  authOfferedInClear,
]

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
  starttlsNotEnforced,
  malformedReply,
  replyTooLong,
  extensionMissing,
  authMechanismBroken,
  slowPhase,
]

const rules: Record<'client' | 'server', readonly Rule[]> = {
  client: [...ofClient, ...ofBoth],
  server: ofBoth,
}

export const rulesFor = (role: 'client' | 'server'): readonly Rule[] => rules[role]
