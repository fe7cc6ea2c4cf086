/** Owns: the rule about look-up and TCP connection, as the dialer's own diagnosis makes it. */
import { diagnoseConnection } from '../connect.ts'
import type { Rule } from './types.ts'

export const connection: Rule = ({ events, head }) => diagnoseConnection(events, head.protocol)
