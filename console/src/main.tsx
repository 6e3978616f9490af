import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import './console.css';
import { App } from './app.tsx';
import { chosenLanguage, loadTexts } from './texts/language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');

const language = chosenLanguage();
createRoot(root).render(
  <StrictMode>
    <App first={{ language, texts: await loadTexts(language) }} />
  </StrictMode>,
);
