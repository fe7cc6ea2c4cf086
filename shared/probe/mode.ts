/** Owns: the TLS mode of a result in words. */
import type { PortResult } from '../rpc/contract/probeReport.ts'

/** `auto` where it was to be found out and nobody said anything from which it could be learnt. */
export const modeWord = ({ mode, asked, banner }: Pick<PortResult, 'mode' | 'asked' | 'banner'>): string =>
  asked === 'auto' && mode === 'plain' && banner === undefined ? 'auto' : mode
