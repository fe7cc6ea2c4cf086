/** Owns: the limits for all listeners, shown when they are asked for; those that may be absent are taken away by an empty field. */
import { useState } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import {
  isOptional,
  limitForAll,
  limitsChange,
  limitsProblems,
  ownLimitFields,
  ownLimitTexts,
  type OwnLimitField,
  type OwnLimitTexts,
} from '#renderer/model/listenerLimits.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './LimitsForm.module.css'
import room from './Room.module.css'

function Fields({ limits }: { limits: Limits }) {
  const services = useServices()
  // Only what was typed: a limit that another window changes meanwhile is shown as it is, and is not put back by saving.
  const [typed, setTyped] = useState<OwnLimitTexts>({})
  const said = ownLimitTexts(limits)
  const texts = { ...said, ...typed }
  const changed = ownLimitFields.filter(({ key }) => (texts[key] ?? '').trim() !== (said[key] ?? ''))
  // What was saved already, by a command or a file, hinders nothing.
  const problems = limitsProblems(texts, changed)
  const wrong = Object.values(problems).some((problem) => problem !== undefined)
  // Typed as it was is not typed: it follows again what is set elsewhere.
  const type = ({ key }: OwnLimitField, text: string) => {
    const { [key]: _, ...others } = typed
    setTyped(text === (said[key] ?? '') ? others : { ...others, [key]: text })
  }
  const save = async () => {
    if (await configureServer(services, { limits: limitsChange(texts, changed) })) setTyped({})
  }
  return (
    <>
      <div className={styles.grid}>
        {ownLimitFields.map((field) => (
          <TextField
            key={field.key}
            label={field.label}
            mono
            inputMode="numeric"
            {...(isOptional(field) ? { placeholder: limitForAll(field, {}) } : {})}
            value={texts[field.key] ?? ''}
            onChange={(text) => type(field, text)}
            hint={field.hint}
            error={problems[field.key]}
            after={<span className={styles.unit}>{field.unit}</span>}
          />
        ))}
      </div>
      <div className={styles.acts}>
        <Button isDisabled={changed.length === 0 || wrong} onPress={() => void save()}>
          Save limits
        </Button>
        {changed.length > 0 && (
          <Button tone="quiet" onPress={() => setTyped({})}>
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
              {ownLimitTexts(limits).messageSize} MB, {limits.recipients.toLocaleString('en-US')} recipients,{' '}
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
