import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '../../domain/document/document.js';

export class DocumentQuery {
  @ApiPropertyOptional({ enum: DOCUMENT_LANGUAGES, default: 'zh-CN' })
  @IsIn(DOCUMENT_LANGUAGES)
  language: DocumentLanguage = 'zh-CN';
}
