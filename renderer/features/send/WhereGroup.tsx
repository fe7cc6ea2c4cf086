/** Owns: the fields of where the message goes: server, port, encryption, and what is promised before the password. */
import { useServices } from '#renderer/flows/services.ts'
import { portChoices, withPort, type PortChoice } from '#renderer/model/compose.ts'
import { connectionWords, protectionWords } from '#renderer/model/composeWords.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
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
    <div className={cx(styles.port, other && styles.withOther)} data-field="port">
      <Segmented<PortChoice>
        label="Port"
        stretch
        value={draft.portChoice}
        options={ports}
        onChange={(portChoice) => change(withPort(draft, { portChoice }), 'port')}
      />
      {other && (
        <TextField
          label="Other port"
          hideLabel
          mono
          inputMode="numeric"
          placeholder="1025"
          value={draft.otherPort}
          onChange={(otherPort) => change(withPort(draft, { otherPort }), 'port')}
          invalid={problem !== undefined}
        />
      )}
      {problem && (
        <div className={styles.problem} role="alert">
          {problem}
        </div>
      )}
    </div>
  )
}

/** What is promised before the password, what is waived of it, and the way to everything less usual. */
function Promised() {
  const { stores } = useServices()
  const { draft } = useDraft()
  const { tone, words } = protectionWords(draft.tls)
  const waived = draft.certificate === 'accept' && draft.tls !== 'none'
  const unusual = connectionWords(draft)
  return (
    <div className={styles.promised}>
      <div className={styles.promises}>
        <p className={cx(styles.promise, styles[tone])}>
          <Icon name={tone === 'sealed' ? 'lock' : 'eye'} size="xs" />
          {words}
        </p>
        {waived && (
          <p className={cx(styles.promise, styles.warn)}>
            <Icon name="warn" size="xs" />
            Certificate check waived: anyone in between could pose as this server.
          </p>
        )}
      </div>
      <Button
        tone="quiet"
        className={styles.tiny}
        aria-haspopup="dialog"
        aria-label={`More of the connection${unusual.length > 0 ? `: ${unusual.join(', ')}` : ''}`}
        onPress={() => stores.compose.getState().set({ sheet: 'connection' })}
      >
        {unusual.length > 0 ? <b className={styles.unusual}>More ({unusual.length}) …</b> : 'More …'}
      </Button>
    </div>
  )
}

export function WhereGroup() {
  const { draft, change } = useDraft()
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
    </Group>
  )
}
