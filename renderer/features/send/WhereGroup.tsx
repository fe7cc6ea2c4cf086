/** Owns: the fields of where the message goes: server, port, encryption, and what is promised before the password. */
import { useConnection } from '#renderer/flows/services.ts'
import { portChoices, withPort, type PortChoice } from '#renderer/model/compose.ts'
import { protectionWords } from '#renderer/model/composeWords.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { CertificateRow } from './CertificateRow.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { useDraft, useProblem } from './useDraft.ts'

const ports = portChoices.map((value) => ({ value, label: value === 'other' ? 'Other' : value }))
const modes: readonly { value: TlsMode; label: string }[] = [
  { value: 'starttls', label: 'STARTTLS required' },
  { value: 'opportunistic', label: 'If offered' },
  { value: 'implicit', label: 'From the start' },
  { value: 'none', label: 'None' },
]

function Port() {
  const { draft, change } = useDraft()
  const problem = useProblem('port')
  const other = draft.portChoice === 'other'
  return (
    <div className={styles.port} data-field="port">
      <Segmented<PortChoice>
        label="Port"
        stretch
        value={draft.portChoice}
        options={ports}
        onChange={(portChoice) => change(withPort(draft, { portChoice }), 'port')}
      />
      {other && (
        <div className={styles.otherPort}>
          <TextField
            label="Other port"
            mono
            inputMode="numeric"
            placeholder="1025"
            value={draft.otherPort}
            onChange={(otherPort) => change(withPort(draft, { otherPort }), 'port')}
            error={problem}
          />
        </div>
      )}
      {problem && !other && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}

function Promised() {
  const { draft } = useDraft()
  const { tone, words } = protectionWords(draft.tls)
  return (
    <p className={cx(styles.promise, styles[tone])}>
      <Icon name={tone === 'sealed' ? 'lock' : 'eye'} size="xs" />
      {words}
    </p>
  )
}

export function WhereGroup() {
  const { draft, change } = useDraft()
  const hasAuthority = useConnection((connection) => connection.info?.caPem !== undefined)
  const local = isLoopback(draft.host.trim()) && hasAuthority && draft.tls !== 'none'
  return (
    <Group name="Where">
      <div className={styles.row}>
        <div className={styles.wide} data-field="host">
          <TextField
            label="Server"
            mono
            placeholder="smtp.your-provider.example"
            value={draft.host}
            onChange={(host) => change({ host }, 'host')}
            error={useProblem('host')}
          />
        </div>
        <Port />
      </div>
      <div data-field="tls">
        <Segmented<TlsMode>
          label="Encryption"
          stretch
          value={draft.tls}
          options={modes}
          onChange={(tls) => change({ tls, tlsChosen: true }, 'tls')}
        />
        <Promised />
      </div>
      <CertificateRow local={local} />
    </Group>
  )
}
