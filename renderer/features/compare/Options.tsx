/**
 * Owns: the fold-out of the form: ports with their modes, family, time limit, TLS scan, resolver, relay trial, roots,
 * control hosts.
 */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { askedModes, modeWords, portsOf, withPort, type PortChoice } from '#renderer/model/probeForm.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { Controls } from './Controls.tsx'
import styles from './Form.module.css'
import { useCompare } from './useCompare.ts'

const families = [
  { value: '0', label: 'Both' },
  { value: '4', label: 'IPv4' },
  { value: '6', label: 'IPv6' },
] as const

function PortMenu({ choice, ports }: { choice: PortChoice; ports: readonly PortChoice[] }) {
  const { stores } = useServices()
  const { change } = stores.probe.getState()
  const others = ports.filter((one) => one !== choice)
  const modes = askedModes.map((mode) => ({
    id: mode,
    label: modeWords[mode],
    ...(mode === choice.mode ? { icon: 'check' as const } : {}),
    onAction: () => change({ ports: ports.map((one) => (one === choice ? { ...one, mode } : one)) }, 'ports'),
  }))
  const remove = {
    id: 'remove',
    label: `Do not test ${choice.port}`,
    icon: 'close' as const,
    disabled: others.length === 0,
    onAction: () => change({ ports: others }, 'ports'),
  }
  return (
    <Menu
      label={`Port ${choice.port}`}
      trigger={
        <Button>
          <b>{choice.port}</b> {modeWords[choice.mode]}
        </Button>
      }
      items={[...modes, remove]}
    />
  )
}

function Ports() {
  const { stores } = useServices()
  const draft = useCompare((state) => state.draft)
  const problem = useCompare((state) => state.problems.ports)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string>()
  const ports = portsOf(draft)
  const { change } = stores.probe.getState()
  const add = () => {
    const added = withPort(ports, typed)
    setWrong(added.ok ? undefined : added.message)
    if (!added.ok) return
    change({ ports: added.ports }, 'ports')
    setTyped('')
  }
  return (
    <div className={styles.ports} data-field="ports">
      <span className={styles.label}>Ports</span>
      <div className={styles.chips}>
        {ports.map((choice) => (
          <PortMenu key={`${choice.port} ${choice.mode}`} choice={choice} ports={ports} />
        ))}
        <div className={styles.add}>
          <TextField
            label="Add a port"
            hideLabel
            look="plain"
            mono
            placeholder="Add a port"
            value={typed}
            onChange={(value) => {
              setTyped(value)
              setWrong(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              if (typed.trim() !== '') add()
            }}
            error={wrong ?? problem}
          />
        </div>
        {typed.trim() !== '' && <Button onPress={add}>Add</Button>}
        {draft.ports.length > 0 && (
          <Button tone="quiet" onPress={() => change({ ports: [] }, 'ports')}>
            The usual ones
          </Button>
        )}
      </div>
    </div>
  )
}

function Asking() {
  const { stores } = useServices()
  const draft = useCompare((state) => state.draft)
  const problems = useCompare((state) => state.problems)
  const { change } = stores.probe.getState()
  return (
    <>
      <div data-field="family">
        <Segmented
          label="Addresses"
          value={draft.family}
          options={families}
          onChange={(family) => change({ family }, 'family')}
        />
        {problems.family && <p className={styles.problem}>{problems.family}</p>}
      </div>
      <div data-field="timeout" className={styles.short}>
        <TextField
          label="Give up after, seconds"
          mono
          inputMode="numeric"
          value={draft.timeout}
          onChange={(timeout) => change({ timeout }, 'timeout')}
          error={problems.timeout}
        />
      </div>
      <div data-field="resolver" className={styles.resolver}>
        <TextField
          label="Name server"
          mono
          placeholder="this computer’s own"
          value={draft.resolver}
          onChange={(resolver) => change({ resolver }, 'resolver')}
          error={problems.resolver}
        />
        <Switch
          selected={draft.resolverValidates && draft.resolver.trim() !== ''}
          disabled={draft.resolver.trim() === ''}
          onChange={(resolverValidates) => change({ resolverValidates })}
          hint="You trust it, and the way to it, to check DNSSEC."
        >
          It validates
        </Switch>
      </div>
    </>
  )
}

function Deeper() {
  const { stores } = useServices()
  const draft = useCompare((state) => state.draft)
  const { change } = stores.probe.getState()
  return (
    <div className={styles.switches}>
      <Switch
        selected={draft.tlsScan}
        onChange={(tlsScan) => change({ tlsScan })}
        hint="Every version, cipher suite and group: a few tens of connections per port."
      >
        TLS scan
      </Switch>
      <Switch
        selected={draft.reverse || draft.kind === 'domain'}
        disabled={draft.kind === 'domain'}
        onChange={(reverse) => change({ reverse })}
        hint="PTR, and whether they lead back."
      >
        Names of the addresses
      </Switch>
    </div>
  )
}

function Relaying() {
  const { stores } = useServices()
  const draft = useCompare((state) => state.draft)
  const problem = useCompare((state) => state.problems.relayTrial)
  return (
    <div data-field="relayTrial" className={styles.relaying}>
      <TextField
        label="Try relaying to"
        mono
        placeholder="somebody@elsewhere.example"
        value={draft.relayTo}
        onChange={(relayTo) => stores.probe.getState().change({ relayTo }, 'relayTrial')}
        hint="An address this server has no business with. Asks each port without signing in; delivers nothing."
        error={problem}
      />
    </div>
  )
}

function Roots() {
  const { stores } = useServices()
  const draft = useCompare((state) => state.draft)
  const problem = useCompare((state) => state.problems.ca)
  const [open, setOpen] = useState(draft.ca !== '')
  const shown = open || problem !== undefined
  return (
    <div className={styles.roots} data-field="ca">
      <Button tone="quiet" icon="certificate" aria-expanded={shown} onPress={() => setOpen(!shown)}>
        {draft.ca.trim() === '' ? 'Trust another root' : 'One more root trusted'}
      </Button>
      {shown && (
        <TextArea
          label="Root certificates, PEM"
          mono
          rows={4}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={draft.ca}
          onChange={(ca) => stores.probe.getState().change({ ca }, 'ca')}
          hint="Trusted for these tests only, beside those of the system."
          error={problem}
        />
      )}
    </div>
  )
}

export function Options() {
  return (
    <section className={styles.options} aria-label="Options">
      <Ports />
      <div className={styles.asking}>
        <Asking />
        <Deeper />
      </div>
      <Relaying />
      <Controls />
      <Roots />
    </section>
  )
}
