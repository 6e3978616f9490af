import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { useTexts } from '../texts/texts-provider.tsx';
import { Icon, type IconName } from './icon.tsx';

const icons: Readonly<Record<MantineColorScheme, IconName>> = { light: 'sun', dark: 'moon', auto: 'auto' };

/** Light, dark, or as the system is. */
export function ColorSchemeMenu() {
  const texts = useTexts();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="lg"
          aria-label={texts.shell.colorScheme}
        >
          <Icon name={icons[colorScheme]} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon name={icons[scheme]} size={16} />}
            rightSection={scheme === colorScheme ? <Icon name="check" size={16} /> : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {texts.shell.colorSchemes[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
