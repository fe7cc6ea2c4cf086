/** Owns: the fields that every listener needs: name, place, TLS and sign-in. */
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'

const tlsChoices: readonly { value: ListenerConfig['tls']; label: string; description: string }[] = [
  { value: 'starttls', label: 'STARTTLS offered', description: 'Clients may stay in clear, as on 25 and 2525.' },
  { value: 'starttls-required', label: 'STARTTLS required', description: 'Nothing but STARTTLS is answered first, as on 587.' },
  { value: 'implicit', label: 'From the start', description: 'TLS before the first word, as on 465.' },
  { value: 'plain', label: 'None', description: 'Everything in clear; STARTTLS is not offered.' },
] // prettier-ignore
const authChoices: readonly { value: ListenerConfig['auth']; label: string; description: string }[] = [
  { value: 'optional', label: 'Offered', description: 'Who does not sign in may send too.' },
  { value: 'required', label: 'Required', description: 'Else 530, as RFC 6409 asks of submission.' },
  { value: 'off', label: 'Not offered', description: 'AUTH is unknown here.' },
]

export function UsualPart({ draft, change, problems }: PartProps) {
  return (
    <div className={styles.usual}>
      <div className={styles.where}>
        <TextField
          label="Name"
          placeholder="as you like"
          value={draft.label}
          onChange={(label) => change({ label })}
          error={problems.label}
        />
        <TextField
          label="Address"
          mono
          value={draft.address}
          onChange={(address) => change({ address })}
          error={problems.address}
          hint="127.0.0.1 or ::1: this computer only."
        />
        <TextField
          label="Port"
          mono
          inputMode="numeric"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that has to be filled in
          autoFocus
          value={draft.port}
          onChange={(port) => change({ port })}
          error={problems.port}
          hint="0: any that is free."
        />
      </div>
      <Segmented
        label="Its mail"
        value={draft.relay ? 'relay' : 'inbox'}
        onChange={(goes) => change({ relay: goes === 'relay' })}
        options={[
          { value: 'inbox', label: 'is kept in the Inbox' },
          { value: 'relay', label: 'goes on by the relay’s rules' },
        ]}
      />
      <div className={styles.pair}>
        <Select label="TLS" value={draft.tls} options={tlsChoices} onChange={(tls) => change({ tls })} />
        <Select
          label="Sign-in"
          value={draft.auth}
          options={authChoices}
          onChange={(auth) => change({ auth })}
          error={problems.auth}
        />
      </div>
      {draft.auth !== 'off' && draft.tls !== 'implicit' && (
        <Checkbox
          selected={draft.authOnlyAfterTls}
          onChange={(authOnlyAfterTls) => change({ authOnlyAfterTls })}
          hint="AUTH is not shown while others can read the line."
        >
          Offer sign-in only after TLS
        </Checkbox>
      )}
    </div>
  )
}
