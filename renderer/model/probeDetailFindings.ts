/** Owns: the findings of a probe in the order a person reads them, each with its title, its evidence and its proofs. */
import type { PortResult, ProbeFinding } from '#shared/rpc/contract/probeReport.ts'
import { shownRemark } from '#shared/transcript/shown.ts'
import { findingTones } from './findingTones.ts'

/** Of one dialogue alone. */
export type CellFinding = PortResult['findings'][number]
type Severity = CellFinding['severity']
type Tone = 'bad' | 'warn' | 'info' | 'good'

const order: readonly Severity[] = ['error', 'warning', 'info', 'good']

export interface FindingLink {
  session: string
  event: number
}

export interface FindingView {
  key: string
  code: string
  tone: Tone
  /** What is wrong, without the full stop. */
  title: string
  /** Why, or how it shows; '' when the title says all. */
  evidence: string
  links: FindingLink[]
  confidence: CellFinding['confidence']
  /** Whose it is, as "the server’s"; '' when nobody can tell. */
  side: string
  next: string
  references: readonly string[]
}

const sides: Record<CellFinding['side'], string> = {
  'this-computer': 'On this computer',
  network: 'On the network between',
  server: 'On the server',
  client: 'In the client',
  unknown: 'Side not settled',
}

/** A stranger's words inside: what turns the writing direction or shows as nothing is spelt out. */
const shown = (words: string): string => shownRemark(words).join(' ')

interface Parts {
  title: string
  evidence: string
}

/** A name at the beginning keeps its letters. */
const capital = (words: string): string =>
  /^[a-z]+[ ,]/.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : words
const depths: ReadonlyMap<string, number> = new Map([['(', 1], ['“', 1], [')', -1], ['”', -1]]) // prettier-ignore
/** Less than so many characters make no title. */
const shortest = 12

/** What is wrong before a colon or a full stop, the why after it; what stands in brackets or quotations is not looked at. */
function parts(text: string): Parts {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    depth = Math.max(0, depth + (depths.get(text.charAt(at)) ?? 0))
    const ends = text.charAt(at) === ':' || (text.charAt(at) === '.' && /[A-Z“]/.test(text.charAt(at + 2)))
    if (depth === 0 && at >= shortest && ends && text.charAt(at + 1) === ' ')
      return { title: text.slice(0, at), evidence: capital(text.slice(at + 2)) }
  }
  return bracketed(text) ?? { title: text.replace(/[.]$/, ''), evidence: '' }
}

/** A long remark in brackets at the end is evidence as well. */
function bracketed(text: string): Parts | undefined {
  const open = text.lastIndexOf(' (')
  const inside = text.slice(open + 2, -2)
  if (!text.endsWith(').') || open < shortest || inside.length < shortest * 2 || inside.includes(')'))
    return undefined
  return { title: text.slice(0, open), evidence: `${capital(inside)}.` }
}

const proofsOf = (finding: CellFinding | ProbeFinding, session: string): FindingLink[] =>
  'proof' in finding
    ? finding.proof.flatMap((one) => one.events.map((event) => ({ session: one.session, event })))
    : finding.evidence.map((event) => ({ session, event }))

/** Gravest first, else as given. `session`: the dialogue of findings that are all about one. */
export function findingViews(findings: readonly (CellFinding | ProbeFinding)[], session = ''): FindingView[] {
  return findings
    .toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
    .map((finding, place) => {
      return {
        key: `${place} ${finding.code}`,
        code: finding.code,
        tone: findingTones[finding.severity],
        ...parts(shown(finding.message)),
        links: proofsOf(finding, session),
        confidence: finding.confidence,
        side: sides[finding.side],
        next: shown(finding.next),
        references: finding.references ?? [],
      }
    })
}

export interface FindingCount {
  tone: Tone
  words: string
}

/** As "1 blocks you", "2 to look at": what there is none of is left out. */
export function findingCounts(findings: readonly Pick<CellFinding, 'severity'>[]): FindingCount[] {
  const many = (severity: Severity) => findings.filter((one) => one.severity === severity).length
  const words: Record<Severity, (n: number) => string> = {
    error: (n) => (n === 1 ? '1 blocks you' : `${n} block you`),
    warning: (n) => `${n} to look at`,
    info: (n) => `${n} to know`,
    good: (n) => `${n} as it should be`,
  }
  return order
    .map((severity) => ({ severity, n: many(severity) }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => ({ tone: findingTones[severity], words: words[severity](n) }))
}
