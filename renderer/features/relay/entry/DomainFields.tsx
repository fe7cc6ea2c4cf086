/** Owns: the fields of how mail to a domain goes on: TLS, waits, limits, smarthost, authorities. Empty: a wider entry or the default holds. */
import type { DomainDraft, DomainTls, Problems } from '#renderer/model/relayDrafts.ts'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from '../Dialogs.module.css'

export interface DomainFieldsProps {
  draft: DomainDraft
  problems: Problems
  password: string
  onPassword: (password: string) => void
  change: (part: Partial<DomainDraft>) => void
  /** The form begins with them. */
  first?: boolean
}

const tlsOptions: readonly { value: DomainTls; label: string }[] = [
  { value: 'unsaid', label: 'Not said' },
  { value: 'required', label: 'Required' },
  { value: 'used', label: 'When offered' },
  { value: 'off', label: 'Off' },
]
const smarthostTls: readonly { value: DomainDraft['smarthostTls']; label: string }[] = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'implicit', label: 'TLS from the start' },
  { value: 'plain', label: 'no TLS' },
]

export function DomainFields({ draft, problems, password, onPassword, change, first = false }: DomainFieldsProps) {
  return (
    <>
      <div className={styles.pair}>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the first field of a form that a person asked for */}
        <TextField label="Domain" mono autoFocus={first} value={draft.domain} onChange={(domain) => change({ domain })} error={problems['domain']} hint="* is every other domain." />
        <Segmented label="TLS" stretch value={draft.tls} options={tlsOptions} onChange={(tls) => change({ tls })} />
      </div>
      <div className={styles.pair}>
        <TextField label="Tried again after" mono placeholder="not said" value={draft.retryAfter} onChange={(retryAfter) => change({ retryAfter })} error={problems['retryAfter']} hint="10m, or 1m, 5m, 30m: the last holds for all further tries." />
        <TextField label="Returned to the sender after" mono placeholder="not said" value={draft.bounceAfter} onChange={(bounceAfter) => change({ bounceAfter })} error={problems['bounceAfter']} hint="As 4d12h." />
      </div>
      <div className={styles.pair}>
        <TextField label="Connections at most" mono inputMode="numeric" placeholder="not said" value={draft.maxConnections} onChange={(maxConnections) => change({ maxConnections })} error={problems['maxConnections']} />
        <TextField label="Messages at most" mono placeholder="not said" value={draft.maxRate} onChange={(maxRate) => change({ maxRate })} error={problems['maxRate']} hint="As 100/m or 1000/h." />
      </div>
      <div className={styles.pair}>
        <TextField label="Smarthost" mono placeholder="none: by MX" value={draft.smarthost} onChange={(smarthost) => change({ smarthost })} error={problems['smarthost']} hint="mail.example.com:587" />
        {draft.smarthost.trim() !== '' && (
          <Select label="TLS to the smarthost" value={draft.smarthostTls} options={smarthostTls} onChange={(smarthostTlsNow) => change({ smarthostTls: smarthostTlsNow })} />
        )}
      </div>
      {draft.smarthost.trim() !== '' && (
        <div className={styles.pair}>
          <TextField label="User at the smarthost" mono placeholder="none" value={draft.smarthostUser} onChange={(smarthostUser) => change({ smarthostUser })} />
          {draft.smarthostUser.trim() !== '' && (
            <PasswordField label="Password at the smarthost" value={password} onChange={onPassword} hint="Empty keeps the saved one." />
          )}
        </div>
      )}
      <div className={styles.pair}>
        <TextField label="Authorities trusted, too" mono placeholder="the system’s alone" value={draft.ca} onChange={(ca) => change({ ca })} hint="A PEM file of this computer, for servers with certificates of one’s own authority." />
      </div>
    </>
  )
} // prettier-ignore
