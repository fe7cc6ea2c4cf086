/** Owns: whether the message goes by BDAT instead of DATA (RFC 3030 §2): when it is wanted and offered. */
import { has } from '../../grammar/capabilities.ts'
import type { ClientCore } from './core.ts'

export const usesBdat = (core: ClientCore): boolean =>
  core.options.chunking && core.options.stopAfter !== 'data' && has(core.capabilities, 'CHUNKING')
