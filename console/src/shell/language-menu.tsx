import { ActionIcon, Menu } from '@mantine/core';
import { languageNames, languages } from '../texts/language.ts';
import { useLanguage, useTexts } from '../texts/texts-provider.tsx';
import { Icon } from './icon.tsx';

export function LanguageMenu() {
  const texts = useTexts();
  const { language, speak } = useLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="lg"
          aria-label={texts.shell.language}
        >
          <Icon name="language" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            rightSection={one === language ? <Icon name="check" size={16} /> : undefined}
            onClick={() => speak(one)}
          >
            {languageNames[one]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
