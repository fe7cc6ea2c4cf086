/** Owns: what becomes of the local server when the program starts, and whether arriving mail is told by the system. */
import { chooseNotices, choose } from '#renderer/flows/choices.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import type { ChoicesAnswer } from '#shared/rpc/contract/choices.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import room from './Room.module.css'
import styles from './Running.module.css'

const starts: readonly { value: ChoicesAnswer['serverStart']; label: string }[] = [
  { value: 'as-left', label: 'As it was left' },
  { value: 'always', label: 'On' },
  { value: 'never', label: 'Off' },
]

const words: Record<ChoicesAnswer['serverStart'], string> = {
  'as-left': 'It listens again if it listened when the program ended.',
  always: 'It listens as soon as the program runs.',
  never: 'It waits for “Start catching”.',
}

export function Running() {
  const services = useServices()
  const choices = useField((stores) => stores.choices, (state) => state.choices) // prettier-ignore
  const problem = useField((stores) => stores.choices, (state) => state.problem) // prettier-ignore
  if (choices === null) return null
  return (
    <section className={room.section} aria-labelledby="running">
      <div className={room.sectionHead}>
        <h2 id="running">When it runs</h2>
      </div>
      <div className={styles.card}>
        <div className={styles.start}>
          <Segmented
            label="When the program starts, the server is"
            value={choices.serverStart}
            options={starts}
            onChange={(serverStart) => void choose(services, { serverStart })}
          />
          <span className={room.quiet}>{words[choices.serverStart]}</span>
        </div>
        {choices.notifiedBy !== null && (
          <Switch
            selected={choices.notify}
            onChange={(notify) => void chooseNotices(services, notify)}
            hint={
              choices.notifiedBy === 'page'
                ? 'By the browser, while a window of Relayscope is open and not in front. The browser asks you first.'
                : 'By the system, while the window is not in front.'
            }
          >
            Tell me when mail arrives
          </Switch>
        )}
        {problem !== null && (
          <Banner tone="warn" live="status">
            {problem}
          </Banner>
        )}
      </div>
    </section>
  )
}
