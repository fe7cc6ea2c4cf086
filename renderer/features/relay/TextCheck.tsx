/** Owns: what the engine says of the text: whether it can be taken, what is wrong with line and column, what would change. */
import { Button } from 'react-aria-components'
import type { ReadAnswer } from '#renderer/flows/relayRules.ts'
import { countWords } from '#renderer/model/measures.ts'
import { placeWords, sortedProblems, type ProblemOf } from '#renderer/model/relayStatus.ts'
import { notationNotes, unconfirmedWords } from '#renderer/model/relayNotation.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import { Changes } from './Changes.tsx'
import styles from './TextDialog.module.css'

/** More are told as a number. */
const mostShown = 50

interface TextCheckProps {
  read: ReadAnswer | null
  checking: boolean
  problems: readonly ProblemOf[]
  before: RelayPolicy
  empty: boolean
  onGo: (problem: ProblemOf) => void
}

function Verdict({ read, checking, problems }: Pick<TextCheckProps, 'read' | 'checking' | 'problems'>) {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const also = warnings === 0 ? '' : `, ${countWords(warnings, 'thing')} to look at`
  if (read === null || checking) return <ToneIcon tone="info" word="Being checked …" />
  if (!read.ok) return <ToneIcon tone="bad" word={read.problem} />
  if (errors > 0) return <ToneIcon tone="bad" word={`${countWords(errors, 'mistake')}${also}`} />
  return <ToneIcon tone={warnings > 0 ? 'warn' : 'good'} word={`Can be taken${also}`} />
}

function Problem({ problem, onGo }: { problem: ProblemOf; onGo: (problem: ProblemOf) => void }) {
  const { severity, message } = problem
  const place = placeWords(problem)
  return (
    <li>
      <Button
        className={styles.problem ?? ''}
        isDisabled={problem.line === undefined}
        onPress={() => onGo(problem)}
      >
        <ToneIcon tone={severity === 'error' ? 'bad' : 'warn'} spoken={false} />
        <span>
          <span className="visuallyHidden">{severity === 'error' ? 'Mistake. ' : 'To look at. '}</span>
          {place && <b>{place}: </b>}
          {message}
        </span>
      </Button>
    </li>
  )
}

/** What PowerMTA itself may not take, or take otherwise: whoever carries a text from one to the other has to know. */
function Unconfirmed({ policy }: { policy: RelayPolicy }) {
  const { described, own } = notationNotes(policy)
  return (
    <>
      {described.length > 0 && (
        <p className={styles.note}>
          <b>As described, not verified:</b> {unconfirmedWords(described)}. Known from an article; no public
          text of PowerMTA confirms what it does.
        </p>
      )}
      {own.length > 0 && (
        <p className={styles.note}>
          <b>This program’s own, not PowerMTA’s:</b> {unconfirmedWords(own)}.
        </p>
      )}
    </>
  )
}

export function TextCheck({ read, checking, problems, before, empty, onGo }: TextCheckProps) {
  if (empty)
    return (
      <p className={styles.note}>
        Paste PowerMTA’s notation, or write it. It is checked while you type; nothing holds before you apply it.
        Passwords go to the keychain where there is one, else they last until the program ends; they are not shown again.
      </p>
    )
  const rules = read?.ok === true ? read.rules : null
  const shown = sortedProblems(problems).slice(0, mostShown)
  const unknown = rules?.policy.unknown ?? []
  return (
    <>
      <output className={cx(styles.verdict, checking && styles.stale)}>
        <Verdict read={read} checking={checking} problems={problems} />
      </output>
      {shown.length > 0 && (
        <ul className={styles.problems} aria-label="What is wrong">
          {shown.map((problem) => (
            <Problem key={`${problem.line} ${problem.column} ${problem.message}`} problem={problem} onGo={onGo} />
          ))}
        </ul>
      )}
      {problems.length > shown.length && <p className={styles.note}>{problems.length - shown.length} more</p>}
      {rules !== null && rules.openRelay.length > 0 && !problems.some(({ field }) => field === 'openRelay') && (
        <Banner tone="bad" title="An open relay.">{rules.openRelay[0]}</Banner>
      )}
      {unknown.length > 0 && (
        <p className={styles.note}>
          Kept, but not understood: {unknown.slice(0, 4).map(({ text, line }) => `${(text.split('\n', 1)[0] ?? '').slice(0, 60)}${line ? ` (line ${line})` : ''}`).join('; ')}
          {unknown.length > 4 && ` and ${unknown.length - 4} more`}.
        </p>
      )}
      {rules !== null && rules.missing.length > 0 && <p className={styles.note}>Without a password yet: {rules.missing.slice(0, 5).join(', ')}.</p>}
      {rules !== null && <Unconfirmed policy={rules.policy} />}
      {rules !== null && (
        <section className={styles.changes}>
          <h3>What would change</h3>
          <Changes before={before} after={rules.policy} />
        </section>
      )}
    </>
  )
} // prettier-ignore
