/** Owns: what a person hides before a dialogue leaves. Secrets are no choice: they were never recorded. */
import { chooseShare, redactionOf } from '#renderer/flows/share.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { knownFormat } from '#renderer/model/share.ts'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './Share.module.css'

const choices = [
  { id: 'addresses', name: 'Mail addresses', hint: 'user names too' },
  { id: 'names', name: 'Host names and IP addresses', hint: 'each by the same stand-in everywhere' },
  { id: 'bodies', name: 'Message content', hint: 'its sizes stay' },
] as const

export function HideChoices() {
  const services = useServices()
  const share = useSettings((settings) => settings.share)
  const hidden = redactionOf(share, knownFormat(share.format).id)
  const choose = (id: keyof typeof hidden, on: boolean) =>
    chooseShare(services, { [id]: on, ...(id === 'bodies' ? {} : { keepInCommands: false }) })
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>Hide</legend>
      <div className={styles.fixed}>
        <span className={styles.fixedBox}>
          <Icon name="check" size="xs" />
        </span>
        <span>
          Passwords and other secrets
          <span className={styles.hint}>always; they are not even recorded</span>
        </span>
      </div>
      {choices.map(({ id, name, hint }) => (
        <Checkbox key={id} selected={hidden[id]} onChange={(on) => choose(id, on)} hint={hint}>
          {name}
        </Checkbox>
      ))}
    </fieldset>
  )
}
