/** Owns: the checks of a message in short: the gravest verdict, and the few lines that stand beside it. */
import type { CheckReport, MessageCheck } from '#shared/rpc/contract/inbox.ts'

export interface Checks {
  /** The message. */
  id: string
  lint: readonly MessageCheck[]
  /** What SPF, DKIM, DMARC and ARC said, and as if sent from where; null until a person had DNS asked. */
  report: CheckReport | null
  ip: string
}

type Grave = Extract<MessageCheck['verdict'], 'warn' | 'bad'>

/** The gravest, when it is something to look at. */
export function gravestCheck(checks: Checks | null): Grave | null {
  const all = checks === null ? [] : [...checks.lint, ...(checks.report?.checks ?? [])]
  if (all.some(({ verdict }) => verdict === 'bad')) return 'bad'
  return all.some(({ verdict }) => verdict === 'warn') ? 'warn' : null
}

const order: Record<MessageCheck['verdict'], number> = { bad: 0, warn: 1, good: 2, info: 3 }
const mostShown = 6

/** What DNS said in its order, then what is wrong with lines and header, the worst first. */
export function shortChecks({ lint, report }: Checks): { shown: MessageCheck[]; more: number } {
  const wrong = lint.filter(({ verdict }) => verdict === 'bad' || verdict === 'warn')
  const all = [...(report?.checks ?? []), ...wrong.toSorted((a, b) => order[a.verdict] - order[b.verdict])]
  return { shown: all.slice(0, mostShown), more: Math.max(0, all.length - mostShown) }
}
