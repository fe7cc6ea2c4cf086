/** Owns: what the server said of each recipient, one by one. One recipient that was taken is told by the verdict already. */
import { useState } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { recipientNotes, recipientTone, type RecipientNote } from '#renderer/model/composeRecipients.ts'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { CopyCode } from '#renderer/ui/CopyCode.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Proof.module.css'

type Recipient = DialogueResult['recipients'][number]

/** Recipients at once: a thousand can be named. */
const atOnce = 6
/** The rest are in the ladder. */
const proofs = 4

function Note({ session, note }: { session: string; note: RecipientNote }) {
  const { stores } = useServices()
  const { code, message, next, evidence } = note
  const open = (seq: number) => {
    stores.view.getState().select(session, seq)
    goTo({ room: 'dialogue', id: session })
  }
  return (
    <>
      {(message !== '' || next !== '') && (
        <p>
          {message} {next}
        </p>
      )}
      <div className={styles.proofs}>
        {evidence.slice(0, proofs).map((seq) => (
          <LinkButton key={seq} onPress={() => open(seq)}>{`Event ${seq}`}</LinkButton>
        ))}
        <CopyCode code={code} />
      </div>
    </>
  )
}

export interface RecipientsProps {
  session: string
  recipients: readonly Recipient[]
  findings: NonNullable<DialogueResult['findings']>
  /** Sentences of the verdict above. */
  said?: string
}

export function Recipients({ session, recipients, findings, said = '' }: RecipientsProps) {
  const [all, setAll] = useState(false)
  if (recipients.length === 0) return null
  const shown = all ? recipients : recipients.slice(0, atOnce)
  return (
    <section className={styles.list} aria-label="Recipients">
      <ul>
        {shown.map((recipient, place) => (
          <li key={place} className={styles.recipient}>
            <ToneIcon tone={recipientTone(recipient)} spoken />
            <div>
              <b>{recipient.address}</b>
              <span className="mono">
                {recipient.reply === '' ? 'not named to the server' : recipient.reply}
              </span>
              {recipientNotes(recipient, findings, said).map((note) => (
                <Note key={`${note.code} ${note.evidence.join()}`} session={session} note={note} />
              ))}
            </div>
          </li>
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
