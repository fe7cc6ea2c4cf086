/** Owns: what can be switched: each side's TLS, its version, PIPELINING, one connection or many, and the distance. */
import { useStore } from 'zustand'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { VersusDraft } from '#renderer/model/versus.ts'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import styles from './Room.module.css'

const versions = [
  { value: '1.2', label: 'TLS 1.2' },
  { value: '1.3', label: 'TLS 1.3' },
] as const
const numbers = (values: readonly number[], words: (n: number) => string = String) =>
  values.map((value) => ({ value: String(value), label: words(value) }))
const messageOptions = [
  { value: 'form', label: 'The form’s' },
  { value: '0', label: 'A few lines' },
  { value: '100000', label: '100 kB' },
  { value: '1000000', label: '1 MB' },
]

interface Part {
  draft: VersusDraft
  change: (draft: Partial<VersusDraft>) => void
}

function Smtp({ draft: { smtp }, change }: Part) {
  const set = (next: Partial<VersusDraft['smtp']>) => change({ smtp: { ...smtp, ...next } })
  return (
    <fieldset className={styles.group}>
      <legend>SMTP</legend>
      <div className={styles.row}>
        <Segmented<VersusDraft['smtp']['tls']>
          label="Protection"
          size="s"
          value={smtp.tls}
          options={[
            { value: 'none', label: 'None', icon: 'eye' },
            { value: 'starttls', label: 'STARTTLS', icon: 'lock' },
            { value: 'implicit', label: 'Implicit', icon: 'lock' },
          ]}
          onChange={(tls) => set({ tls })}
        />
        <Segmented<'1.2' | '1.3'>
          label="Version for SMTP"
          size="s"
          value={smtp.tlsVersion}
          options={versions}
          disabled={smtp.tls === 'none'}
          onChange={(tlsVersion) => set({ tlsVersion })}
        />
      </div>
      <Switch
        selected={smtp.pipelining}
        onChange={(pipelining) => set({ pipelining })}
        hint="MAIL, RCPT and DATA in one go."
      >
        PIPELINING
      </Switch>
      <Switch
        selected={smtp.reuse}
        onChange={(reuse) => set({ reuse })}
        hint="All messages on it, one after the other."
      >
        One SMTP connection
      </Switch>
    </fieldset>
  )
}

function Http({ draft: { http }, change }: Part) {
  const set = (next: Partial<VersusDraft['http']>) => change({ http: { ...http, ...next } })
  return (
    <fieldset className={styles.group}>
      <legend>HTTP API</legend>
      <div className={styles.row}>
        <Segmented<'json' | 'form'>
          label="Request"
          size="s"
          value={http.api}
          options={[
            { value: 'json', label: 'JSON' },
            { value: 'form', label: 'Form' },
          ]}
          onChange={(api) => set({ api })}
        />
        <Segmented<'1.2' | '1.3'>
          label="Version for HTTP"
          size="s"
          value={http.tlsVersion}
          options={versions}
          disabled={!http.tls}
          onChange={(tlsVersion) => set({ tlsVersion })}
        />
      </div>
      <Switch
        selected={http.tls}
        onChange={(tls) => set({ tls })}
        hint="Off: plain http, readable on the way."
      >
        HTTPS
      </Switch>
      <Switch
        selected={http.reuse}
        onChange={(reuse) => set({ reuse })}
        hint="Keep-alive: all messages on it."
      >
        One HTTP connection
      </Switch>
    </fieldset>
  )
}

/** What goes is said here: the form itself is in another room. */
function OfForm() {
  const { stores } = useServices()
  const { subject, from, to } = useStore(stores.compose, (compose) => compose.draft)
  const count = useStore(stores.compose, (compose) => compose.files.length)
  const files = count === 0 ? '' : `, with ${countWords(count, 'file')}`
  const nothing = from.trim() === '' && to.trim() === ''
  return (
    <p className={styles.ofForm}>
      {nothing ? (
        'The form is still empty.'
      ) : (
        <span className={styles.which}>
          <b>{subject.trim() || 'No subject'}</b> from {from.trim() || 'nobody'} to {to.trim() || 'nobody'}
          {files}
        </span>
      )}{' '}
      <LinkButton onPress={() => goTo({ room: 'send', id: '' })}>Change it</LinkButton>
    </p>
  )
}

export function Choices() {
  const store = useServices().stores.versus
  const ofForm = useStore(store, (state) => state.ofForm)
  const draft = useStore(store, (state) => state.draft)
  const { change } = store.getState()
  return (
    <>
      <div className={styles.pair}>
        <Smtp draft={draft} change={change} />
        <Http draft={draft} change={change} />
      </div>
      <fieldset className={styles.group}>
        <legend>Both</legend>
        <Segmented
          label="Message"
          size="s"
          value={ofForm ? 'form' : String(draft.size)}
          options={messageOptions}
          onChange={(value) => {
            store.setState({ ofForm: value === 'form' })
            if (value !== 'form') change({ size: Number(value) })
          }}
        />
        {ofForm && <OfForm />}
        <Segmented
          label="Round-trip time, simulated"
          size="s"
          value={String(draft.roundTrip)}
          options={numbers([0, 10, 50, 150, 300], (ms) => (ms === 0 ? 'None' : `${ms} ms`))}
          onChange={(value) => change({ roundTrip: Number(value) })}
        />
        <div className={styles.row}>
          <Segmented
            label="Messages"
            size="s"
            value={String(draft.messages)}
            options={numbers([1, 3, 10, 50])}
            onChange={(value) => change({ messages: Number(value) })}
          />
        </div>
      </fieldset>
    </>
  )
}
