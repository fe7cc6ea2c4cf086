/** Owns: as what a dialogue leaves, in groups. */
import { Radio, RadioGroup } from 'react-aria-components'
import { chooseShare } from '#renderer/flows/share.ts'
import { useServices, useSettings } from '#renderer/flows/services.ts'
import { formatGroups, knownFormat } from '#renderer/model/share.ts'
import styles from './Share.module.css'

const groups = formatGroups()

export function FormatChoice() {
  const services = useServices()
  const chosen = useSettings((settings) => settings.share.format)
  return (
    <RadioGroup
      aria-label="Format"
      value={knownFormat(chosen).id}
      onChange={(id) => chooseShare(services, { format: knownFormat(id).id })}
      className={styles.formats ?? ''}
    >
      {groups.map((group) => (
        <fieldset key={group.name} className={styles.group}>
          <legend className={styles.legend}>{group.name}</legend>
          {group.formats.map((format) => (
            <Radio key={format.id} value={format.id} className={styles.format ?? ''}>
              <span className={styles.dot} />
              <span className={styles.formatName}>{format.name}</span>
              <span className={styles.extension}>{format.extension.replace(/^.*(?=\.)/, '')}</span>
            </Radio>
          ))}
        </fieldset>
      ))}
    </RadioGroup>
  )
}
