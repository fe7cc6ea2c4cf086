/**
 * Owns: the diagnosis of a whole probe: the rules that compare several sessions, and those about what DNS and policies
 * say. What one session shows by itself is transcript.ts's business. Pure and deterministic.
 */
import type { ProbeFacts, ProbeFinding } from './facts.ts'
import { blockedPort } from './probe/blockedPort.ts'
import { dane } from './probe/dane.ts'
import { families } from './probe/families.ts'
import { hostDown } from './probe/hostDown.ts'
import { mtaSts } from './probe/mtaSts.ts'
import { mx } from './probe/mx.ts'
import { mxInvalid } from './probe/mxInvalid.ts'
import { openRelay } from './probe/openRelay.ts'
import { recommended } from './probe/recommended.ts'
import { reverseName } from './probe/reverseName.ts'
import { stripped } from './probe/stripped.ts'
import { tlsReporting } from './probe/tlsReporting.ts'
import { tlsScan } from './probe/tlsScan.ts'
import type { ProbeRule } from './probe/types.ts'
import { withoutTls } from './probe/withoutTls.ts'

/** In the order of a connection; the recommendation last. */
const rules: readonly ProbeRule[] = [
  mx,
  mxInvalid,
  hostDown,
  families,
  blockedPort,
  stripped,
  withoutTls,
  tlsScan,
  openRelay,
  dane,
  mtaSts,
  tlsReporting,
  reverseName,
  recommended,
]

/** Findings about the host as a whole. One code may come for several ports or hosts. */
export const diagnoseProbe = (facts: ProbeFacts): ProbeFinding[] =>
  rules.flatMap((rule) => rule(facts)).filter(({ evidence }) => evidence.length > 0)
