import { Module } from '@nestjs/common';
import { BoardController } from './board.controller.js';
import { DealPeopleController } from './deal-people.controller.js';
import { OpportunitiesController } from './opportunities.controller.js';
import { SplitsController } from './splits.controller.js';

@Module({ controllers: [BoardController, OpportunitiesController, DealPeopleController, SplitsController] })
export class OpportunitiesModule {}
