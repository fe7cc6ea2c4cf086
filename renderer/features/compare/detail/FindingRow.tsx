/** Owns: one finding: what it is, what proves it with ways to each event, how sure, whose, and what to do next. */
import { useState } from 'react'
import type { FindingLink, FindingView } from '#renderer/model/probeDetailFindings.ts'
import { ConfidenceBars } from '#renderer/ui/ConfidenceBars.tsx'
import { CopyCode } from '#renderer/ui/CopyCode.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ReferenceLink } from '#renderer/ui/ReferenceLink.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Findings.module.css'

export interface FindingRowProps {
  view: FindingView
  label: (session: string) => string
  onOpen: (session: string, event: number) => void
}

/** Proofs at once: a finding about a whole domain can have a hundred. */
const linksAtOnce = 6

/** The name of the dialogue stands before its first event only. */
function wordsOf(links: readonly FindingLink[], place: number, label: FindingRowProps['label']) {
  const { session, event } = links[place]!
  const name = label(session)
  const whole = name === '' ? `event ${event}` : `${name}, event ${event}`
  return { whole, shown: links[place - 1]?.session === session ? `${event}` : whole }
}

function Links({ view, label, onOpen }: FindingRowProps) {
  const [all, setAll] = useState(false)
  const { links } = view
  const some = all ? links : links.slice(0, linksAtOnce)
  if (links.length === 0) return null
  return (
    <div className={styles.links}>
      <span className={styles.soft}>Seen in</span>
      {some.map((link, place) => {
        const { whole, shown } = wordsOf(links, place, label)
        return (
          <LinkButton
            key={`${place} ${link.event}`}
            {...(shown === whole ? {} : { label: whole })}
            onPress={() => onOpen(link.session, link.event)}
          >
            {shown}
          </LinkButton>
        )
      })}
      {links.length > linksAtOnce && (
        <LinkButton expanded={all} onPress={() => setAll(!all)}>
          {all ? 'fewer' : `and ${links.length - linksAtOnce} more`}
        </LinkButton>
      )}
    </div>
  )
}

export function FindingRow(props: FindingRowProps) {
  const { tone, title, evidence, references, confidence, side, next, code } = props.view
  return (
    <li className={styles.row}>
      <span className={styles.glyph}>
        <ToneIcon tone={tone} spoken size="m" />
      </span>
      <div className={styles.what}>
        <div className={styles.title}>{title}</div>
        {evidence !== '' && <div className={styles.evidence}>{evidence}</div>}
        <div className={styles.foot}>
          <CopyCode code={code} />
          {[...new Set(references)].slice(0, 6).map((text) => (
            <ReferenceLink key={text} text={text} />
          ))}
        </div>
      </div>
      <div className={styles.proof}>
        <Links {...props} />
        <div className={styles.sure}>
          <ConfidenceBars confidence={confidence} />
          <span className={styles.soft}>{side}</span>
        </div>
      </div>
      <div className={styles.next}>
        {next !== '' && (
          <>
            <span className={styles.soft}>Next</span> {next}
          </>
        )}
      </div>
    </li>
  )
}
