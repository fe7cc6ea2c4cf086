/** Owns: the limits, shown when they are asked for. */
import { useState } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import {
  limitFields,
  limitProblem,
  limitTexts,
  readLimit,
  type Limits,
} from '#renderer/model/serverLimits.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './LimitsForm.module.css'
import room from './Room.module.css'

function Fields({ limits }: { limits: Limits }) {
  const services = useServices()
  const [texts, setTexts] = useState(() => limitTexts(limits))
  const changed = limitFields.filter(({ key }) => texts[key] !== limitTexts(limits)[key])
  const wrong = limitFields.some((field) => limitProblem(field, texts[field.key]) !== undefined)
  // All of them are sent: the contract fills in defaults for what is missing.
  const save = () => {
    const next = { ...limits }
    for (const field of changed) next[field.key] = readLimit(field, texts[field.key]) ?? limits[field.key]
    return configureServer(services, { limits: next })
  }
  return (
    <>
      <div className={styles.grid}>
        {limitFields.map((field) => (
          <TextField
            key={field.key}
            label={field.label}
            mono
            inputMode="numeric"
            value={texts[field.key]}
            onChange={(text) => setTexts({ ...texts, [field.key]: text })}
            hint={field.hint}
            error={limitProblem(field, texts[field.key])}
            after={<span className={styles.unit}>{field.unit}</span>}
          />
        ))}
      </div>
      <div className={styles.acts}>
        <Button isDisabled={changed.length === 0 || wrong} onPress={() => void save()}>
          Save limits
        </Button>
        {changed.length > 0 && (
          <Button tone="quiet" onPress={() => setTexts(limitTexts(limits))}>
            Put back
          </Button>
        )}
      </div>
    </>
  )
}

export function LimitsForm({ limits }: { limits: Limits }) {
  return (
    <section className={room.section}>
      <Disclosure>
        <Heading level={2} className={styles.heading ?? ''}>
          <AriaButton slot="trigger" className={styles.trigger ?? ''}>
            <Icon name="right" size="s" />
            Limits
            <span className={room.quiet}>
              {limitTexts(limits).messageSize} MB, {limits.recipients.toLocaleString('en-US')} recipients,{' '}
              {limits.connections.toLocaleString('en-US')} connections
            </span>
          </AriaButton>
        </Heading>
        <DisclosurePanel>
          <Fields limits={limits} />
        </DisclosurePanel>
      </Disclosure>
    </section>
  )
}
