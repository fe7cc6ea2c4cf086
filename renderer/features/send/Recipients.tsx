/** Owns: what the server said of each recipient, one by one. One recipient that was taken is told by the verdict already. */
import { useState } from 'react'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Proof.module.css'

type Recipient = DialogueResult['recipients'][number]
type Findings = NonNullable<DialogueResult['findings']>

/** Recipients at once: a thousand can be named. */
const atOnce = 6

const toneOf = ({ accepted, code = 0 }: Recipient) =>
  accepted ? 'good' : code >= 400 && code < 500 ? 'warn' : code === 0 ? 'neutral' : 'bad'

function One({ recipient, findings }: { recipient: Recipient; findings: Findings }) {
  const { address, reply } = recipient
  const about = findings.filter(({ code }) => recipient.findings?.includes(code) && code !== 'accepted')
  return (
    <li className={styles.recipient}>
      <ToneIcon tone={toneOf(recipient)} spoken />
      <div>
        <b>{address}</b>
        <span className="mono">{reply === '' ? 'not named to the server' : reply}</span>
        {about.map(({ code, message, next }) => (
          <p key={code}>
            {message} {next}
          </p>
        ))}
      </div>
    </li>
  )
}

export function Recipients({
  recipients,
  findings,
}: {
  recipients: readonly Recipient[]
  findings: Findings
}) {
  const [all, setAll] = useState(false)
  if (recipients.length === 0) return null
  const shown = all ? recipients : recipients.slice(0, atOnce)
  return (
    <section className={styles.list} aria-label="Recipients">
      <ul>
        {shown.map((recipient, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same address may be named twice
          <One key={place} recipient={recipient} findings={findings} />
        ))}
      </ul>
      {recipients.length > atOnce && (
        <Button tone="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
          {all ? 'Show fewer recipients' : `Show all ${recipients.length} recipients`}
        </Button>
      )}
    </section>
  )
}
