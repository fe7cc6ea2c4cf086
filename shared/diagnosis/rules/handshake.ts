/** Owns: the rule about TLS handshakes, as the dialer's own diagnosis makes it. */
import { diagnoseTls } from '../tls.ts'
import type { Rule } from './types.ts'

export const handshake: Rule = ({ events, head }) => diagnoseTls(events, head.protocol)
