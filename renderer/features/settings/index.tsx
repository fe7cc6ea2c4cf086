/** Owns: the Settings room: look, keys, where things lie, and what this program is. */
import type { ReactNode } from 'react'
import { useConnection, useServices, useSettings } from '#renderer/flows/services.ts'
import type { Settings } from '#renderer/stores/settings.ts'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import styles from './Room.module.css'

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <div className={styles.content}>{children}</div>
    </section>
  )
}

function Look() {
  const { stores } = useServices()
  const theme = useSettings((settings) => settings.theme)
  const bytes = useSettings((settings) => settings.bytes)
  const { change } = stores.settings.getState()
  return (
    <Section title="Look">
      <Segmented<Settings['theme']>
        label="Theme"
        value={theme}
        options={themes}
        onChange={(next) => change({ theme: next })}
      />
      <Segmented<Settings['bytes']>
        label="Bytes are shown first as"
        value={bytes}
        options={[
          { value: 'hex', label: 'Hexadecimal' },
          { value: 'text', label: 'Text' },
        ]}
        onChange={(next) => change({ bytes: next })}
      />
    </Section>
  )
}

function Keys() {
  const { stores } = useServices()
  const singleKeys = useSettings((settings) => settings.singleKeys)
  return (
    <Section title="Keyboard">
      <Switch
        selected={singleKeys}
        onChange={(on) => stores.settings.getState().change({ singleKeys: on })}
        hint="Off, if a letter typed by mistake or by voice should do nothing. Keys with Ctrl or Cmd and F keys stay."
      >
        Single letters act outside fields
      </Switch>
    </Section>
  )
}

function Path({ name, path, words }: { name: string; path: string; words: string }) {
  return (
    <div className={styles.place}>
      <div>
        <h3>{name}</h3>
        <p>{words}</p>
        <p className={styles.path}>{path}</p>
      </div>
      <CopyButton text={path}>Copy path</CopyButton>
    </div>
  )
}

function Places() {
  const info = useConnection((connection) => connection.info)
  if (!info) return null
  return (
    <Section title="Where things lie">
      <Path
        name="Data folder"
        path={info.dataFolder}
        words="Transcripts, kept messages and rules. Passwords that you type to send are never in it."
      />
      <Path
        name="Certificate of the local authority"
        path={info.caFile}
        words="For applications that check the local server’s certificate."
      />
    </Section>
  )
}

function About() {
  const info = useConnection((connection) => connection.info)
  if (!info) return null
  const facts = [
    { name: 'Version', value: info.version },
    { name: 'Runs on', value: `${info.platform}, ${info.runtime}` },
    { name: 'Licence', value: 'MIT' },
  ]
  return (
    <Section title="About Relayscope">
      <p className={styles.words}>
        An oscilloscope for SMTP. It contacts only hosts that you name and sends no telemetry.
      </p>
      <dl className={styles.facts}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

export default function SettingsRoom() {
  return (
    <div className={styles.room} data-pane="center">
      <div className={styles.inner}>
        <h1>Settings</h1>
        <Look />
        <Keys />
        <Places />
        <About />
      </div>
    </div>
  )
}
