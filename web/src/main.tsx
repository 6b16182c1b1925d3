import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './theme/tokens.css';
import './theme/layout.css';
import './theme/parts.css';
import './theme/forms.css';
import { Console } from './app.js';
import { startTexts } from './i18n/setup.js';

await startTexts();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
}
