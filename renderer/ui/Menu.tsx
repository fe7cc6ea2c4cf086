/** Owns: commands behind one button. */
import { Fragment, type ReactElement } from 'react'
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components'
import { cx } from './cx.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Key } from './Key.tsx'
import styles from './Menu.module.css'

export interface MenuEntry {
  id: string
  label: string
  icon?: IconName
  keyHint?: string
  tone?: 'default' | 'danger'
  disabled?: boolean
  /** Said in grey behind the label. */
  note?: string
  /** What it does, in a line under the label. */
  description?: string
  /** A line is drawn before an entry of another group than the one before it. */
  group?: string
  onAction: () => void
}

export interface MenuProps {
  label: string
  /** A Button or IconButton. */
  trigger: ReactElement
  items: readonly MenuEntry[]
}

export function Menu({ label, trigger, items }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      {/* Modal, it would hide every other element one by one and lay the whole page out again at each opening. */}
      <Popover isNonModal className={styles.popover ?? ''} offset={4}>
        <AriaMenu aria-label={label} className={styles.menu ?? ''}>
          {items.map((item, place) => (
            <Fragment key={item.id}>
              {place > 0 && items[place - 1]?.group !== item.group && (
                <Separator className={styles.line ?? ''} />
              )}
              <MenuItem
                id={item.id}
                textValue={item.label}
                isDisabled={item.disabled ?? false}
                onAction={item.onAction}
                className={cx(
                  styles.item,
                  item.tone === 'danger' && styles.danger,
                  item.description && styles.tall,
                )}
              >
                {item.icon && <Icon name={item.icon} size="s" />}
                <Text slot="label" className={styles.label ?? ''}>
                  {item.label}
                </Text>
                {item.description && (
                  <Text slot="description" className={styles.description ?? ''}>
                    {item.description}
                  </Text>
                )}
                {item.note && <span className={styles.note}>{item.note}</span>}
                {item.keyHint && <Key>{item.keyHint}</Key>}
              </MenuItem>
            </Fragment>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
