/** Owns: holding incoming clients: whom, where, and who waits now. */
import { useState } from 'react'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { holdClients } from '#renderer/flows/server.ts'
import {
  firstRules,
  heldWords,
  noRules,
  placeChoices,
  whoChoices,
  withPlace,
  type Who,
} from '#renderer/model/hold.ts'
import type { HoldRules, ServerStatus } from '#shared/rpc/contract/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './HoldSection.module.css'
import room from './Room.module.css'

function Waiting({ held }: { held: readonly string[] }) {
  const [first] = held
  if (first === undefined) return null
  return (
    <div className={styles.waiting}>
      <ToneIcon tone="paused" word={heldWords(held)} />
      <Button tone="primary" onPress={() => goTo({ room: 'dialogue', id: first })}>
        {held.length === 1 ? 'Answer it' : 'Answer the first'}
      </Button>
    </div>
  )
}

interface RulesProps {
  rules: HoldRules
  onChange: (rules: HoldRules) => void
}

function Whom({ rules, onChange }: RulesProps) {
  const [address, setAddress] = useState(rules.address ?? '127.0.0.1')
  const [asking, setAsking] = useState(rules.who === 'address')
  const choose = (who: Who) => {
    setAsking(who === 'address')
    onChange(who === 'address' ? { ...rules, who, address } : { ...rules, who })
  }
  const who: Who = asking ? 'address' : rules.who === 'next' ? 'next' : 'every'
  return (
    <>
      <Segmented label="Whom" value={who} options={whoChoices} onChange={choose} />
      {asking && (
        <TextField
          label="Client’s address"
          mono
          value={address}
          hint="Those that connect from there, as 127.0.0.1 or ::1."
          onChange={setAddress}
          onBlur={() => onChange({ ...rules, who: 'address', address: address.trim() })}
        />
      )}
    </>
  )
}

function Where({ rules, onChange }: RulesProps) {
  return (
    <fieldset className={styles.places} aria-label="Where a client waits">
      <legend>Wait before the answer to</legend>
      <Checkbox selected={rules.step} onChange={(step) => onChange({ ...rules, step })}>
        everything
      </Checkbox>
      {placeChoices.map(({ value, label }) => (
        <Checkbox
          key={value}
          selected={rules.step || rules.breakpoints.includes(value)}
          disabled={rules.step}
          onChange={(on) => onChange(withPlace(rules, value, on))}
        >
          {label}
        </Checkbox>
      ))}
    </fieldset>
  )
}

export function HoldSection({ status }: { status: ServerStatus }) {
  const services = useServices()
  const rules = status.hold ?? noRules
  const on = rules.who !== 'off'
  const change = (next: HoldRules) => void holdClients(services, next)
  return (
    <section className={room.section} aria-labelledby="hold">
      <div className={room.sectionHead}>
        <h2 id="hold">Answer by hand</h2>
      </div>
      <div className={styles.card}>
        <Switch
          selected={on}
          onChange={(next) => change(next ? firstRules : noRules)}
          hint="A held client waits until you let the answer go, change it, or say nothing. Off again after a restart."
        >
          Hold incoming clients
        </Switch>
        {on && (
          <div className={styles.rules}>
            <Whom rules={rules} onChange={change} />
            <Where rules={rules} onChange={change} />
          </div>
        )}
        <Waiting held={status.held ?? []} />
      </div>
    </section>
  )
}
