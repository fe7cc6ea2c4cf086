/** Owns: the fields of where the message goes: server, port, encryption, and what is promised before the password. */
import { portChoices, withPort, type PortChoice } from '#renderer/model/compose.ts'
import { protectionWords } from '#renderer/model/composeWords.ts'
import type { TlsMode } from '#shared/transcript/event.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { Promised } from './Promised.tsx'
import { useDraft, useProblem } from './useDraft.ts'
import { WaySwitch } from './WaySwitch.tsx'

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

export function WhereGroup() {
  const { draft, change } = useDraft()
  return (
    <Group name="Where" beside={<WaySwitch />}>
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
        <Promised promise={protectionWords(draft.tls)} />
      </div>
    </Group>
  )
}
