/** Owns: what is asked of the transport beside the message: reports, what every hop must do, and further header fields. */
import { useState } from 'react'
import { mostHeaders, type Notify } from '#renderer/model/compose.ts'
import { withNotify } from '#renderer/model/composeTransfer.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { HeaderField } from './HeaderField.tsx'
import styles from './TransferRows.module.css'
import { useDraft, useProblem } from './useDraft.ts'
import { useOffer } from './useOffers.ts'

const reports: readonly { value: Notify; label: string }[] = [
  { value: 'failure', label: 'it fails' },
  { value: 'delay', label: 'it is late' },
  { value: 'success', label: 'it arrives' },
]

function TellMe() {
  const { draft, change } = useDraft()
  const dsn = useOffer('DSN')
  const problem = useProblem('dsn')
  return (
    <fieldset className={styles.row} aria-label="Tell me when" data-field="dsn">
      <span className={styles.name}>Tell me when</span>
      <div className={styles.choices}>
        {reports.map(({ value, label }) => (
          <Checkbox
            key={value}
            selected={draft.notify.includes(value)}
            onChange={(on) => change({ notify: withNotify(draft.notify, value, on) }, 'dsn')}
          >
            {label}
          </Checkbox>
        ))}
      </div>
      <span className={problem ? styles.problem : styles.offer} role={problem ? 'alert' : undefined}>
        {problem ?? dsn.words}
      </span>
    </fieldset>
  )
}

/** Each says by itself whether it is offered; the words at the end of the row say it for those that are grey. */
function Wish({ words, offered }: { words: string; offered: boolean }) {
  if (offered) return words
  return (
    <span className={styles.missing}>
      {words}
      <span className="visuallyHidden"> (not offered here)</span>
    </span>
  )
}

/** A switch for something that the server is known not to offer can still be set: what then happens is worth seeing. */
function Require() {
  const { draft, change } = useDraft()
  const utf8 = useOffer('SMTPUTF8')
  const tls = useOffer('REQUIRETLS')
  const missing = !utf8.offered || !tls.offered
  return (
    <fieldset className={styles.row} aria-label="Require">
      <span className={styles.name}>Require</span>
      <div className={styles.choices}>
        <Checkbox
          selected={draft.smtputf8 === 'on'}
          onChange={(on) => change({ smtputf8: on ? 'on' : 'auto' })}
        >
          <Wish words="UTF-8 addresses" offered={utf8.offered} />
        </Checkbox>
        <Checkbox selected={draft.requireTls} onChange={(requireTls) => change({ requireTls })}>
          <Wish words="TLS on every hop" offered={tls.offered} />
        </Checkbox>
      </div>
      {missing && (
        <span className={styles.offer} aria-hidden="true">
          not offered by this server
        </span>
      )}
    </fieldset>
  )
}

function Headers() {
  const { draft, change } = useDraft()
  const problem = useProblem('headers')
  const [adding, setAdding] = useState(false)
  const remove = (place: number) =>
    change({ headers: draft.headers.filter((_header, at) => at !== place) }, 'headers')
  return (
    <>
      <fieldset className={styles.row} aria-label="Headers" data-field="headers">
        <span className={styles.name}>Headers</span>
        <div className={styles.chips}>
          {draft.headers.map(({ name, value }, place) => (
            <Chip key={place} mono removeLabel={`Remove ${name}`} onRemove={() => remove(place)}>
              {name}: {value}
            </Chip>
          ))}
          {draft.headers.length < mostHeaders && (
            <Button tone="quiet" icon="plus" className={styles.tiny} onPress={() => setAdding(true)}>
              Add
            </Button>
          )}
        </div>
      </fieldset>
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
      {adding && <HeaderField onClose={() => setAdding(false)} />}
    </>
  )
}

/** Reports and what every hop must do are asked of SMTP: an HTTP API has no words for them. */
export function TransferRows() {
  const http = useDraft().draft.way === 'http'
  return (
    <div className={styles.rows}>
      {!http && <TellMe />}
      {!http && <Require />}
      <Headers />
    </div>
  )
}
