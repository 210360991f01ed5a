package text

import "cleardesk/domain"

func helpsChinese() HelpWords {
	return HelpWords{
		Clauses: "条款", First: "先归", Steps: "怎么办", Who: "谁做什么", Money: "钱和时限", Out: "怎么了结",
		Second: "金额到设定线的, 须另一位客服或经理签字; 提出的人不能自己签。", AllKinds: "十三类异常",
		By:    func(roles string) string { return "(" + roles + ")" },
		Kinds: helpKindsChinese(), Ends: helpEndsChinese(),
	}
}

func helpEndsChinese() map[domain.Outcome]string {
	return map[domain.Outcome]string{
		domain.ConfirmedGenuine:   "解除挂起, 平常量学它",
		domain.QuantityCorrected:  "本行改为门店本意的数量, 重新判定",
		domain.OrderCorrected:     "改或取消一行, 整单重新判定",
		domain.QuantityRounded:    "取整到上或下一个倍数, 重新判定",
		domain.LineCancelled:      "取消这一行, 还给库存",
		domain.OrderCancelled:     "取消整单, 不发货",
		domain.LimitRaised:        "提高本店货到付款限额, 写明理由, 解除挂起",
		domain.StepCorrected:      "更正商品步长, 治好的同类自行结案",
		domain.StockCorrected:     "更正库存, 门店的订单继续走",
		domain.ListingCorrected:   "更正上架状态, 门店可再下",
		domain.DelistedConfirmed:  "确认已下架, 目录照改",
		domain.Substituted:        "取消本行, 换一种商品",
		domain.SupplementCreated:  "另开一张补单, 不收钱",
		domain.ConvertedToReturn:  "另开一条退货, 按退货办",
		domain.RequestRefused:     "不换, 写明理由",
		domain.Rescheduled:        "定新的送货时间, 答应门店",
		domain.WasDelivered:       "记为已送达",
		domain.CancelledReordered: "取消原单, 照新的重下, 两单相连",
		domain.ChangeRefused:      "已发货, 不再改",
		domain.Withdrawn:          "门店收回所求, 不动",
		domain.Credited:           "门店结算上抵扣",
		domain.ClaimRejected:      "查无此事, 不赔",
		domain.Charged:            "门店结算上补收",
		domain.SurplusReturned:    "多的退回, 入库",
		domain.AcceptedFree:       "多的归门店, 不收钱",
		domain.Reordered:          "替门店下一张普通订单, 照常判定",
		domain.NotNeededAny:       "门店不要, 不动",
		domain.KeptAsOrdered:      "门店坚持原单, 解除挂起",
		domain.Returned:           "退货成立: 结算退款, 能卖的回库",
		domain.SupplierRejected:   "供应商拒绝, 不退",
		domain.FalseAlarm:         "误报, 写明理由, 计入判定的准确率",
	}
}

func helpKindsChinese() map[domain.Kind]HelpPage {
	return map[domain.Kind]HelpPage{
		domain.Exchange: {
			Clauses: "3.1.1, 1.2, 2.1",
			Means:   "门店要求调换已送到的货; 或某商品查出要换, 收过它的每家店各一条。不挂起订单。",
			Steps: []string{
				"看哪几行, 多少, 为什么; 是否送到: 订单和收货在上方。",
				"致电门店, 说定是补新的还是退货。",
				"看库存够不够换。够: 补单。不够或门店不要了: 转退货。",
				"不该换的, 说明理由。",
			},
			Who:   []string{"客服: 问清, 决定。采购: 整批要换时一次通知各店, 各店各办。"},
			Money: "要换的货值。先是答应门店的时刻, 再是申诉期满, 再是周结算。",
		},
		domain.QuantitySurge: {
			Clauses: "3.1.2, 2.2, 2.3, 4.1",
			Means:   "一行的数量远超这家店平常订的。挂起这一行。",
			Steps: []string{
				"看本店订此商品的历次数量, 全部门店的常量, 本单其余各行。",
				"致电门店: 谁接的, 几时, 怎么说。没接通按 F9, 记一次, 定时再打。",
				"属实而超出库存或核实量的, 先转采购核实。",
				"属实放行, 或改成门店的本意, 或取消。",
			},
			Who:   []string{"客服: 致电, 决定。拓展: 找得到熟悉的店长。采购: 核实供得上。"},
			Money: "比平常多出的金额。截单前门店可改, 拣货前平台可改, 装车后只能收货时处理。",
		},
		domain.AmountSurge: {
			Clauses: "3.1.3, 2.2",
			Means:   "整单金额远超本店平常, 或超过本店货到付款限额。挂起整单。",
			Steps: []string{
				"看本店近单金额和是哪一行引起的。",
				"向门店, 或熟悉它的拓展经理核对。",
				"属实放行; 有错的改行; 不要的取消。",
				"限额真的低了, 由经理提高, 写新限额和理由。",
			},
			Who:   []string{"客服: 核对, 决定。拓展: 代为核对。经理: 提高限额。"},
			Money: "比平常多出的金额。时刻同上: 截单, 拣货, 装车。",
		},
		domain.StepMismatch: {
			Clauses: "3.1.4, 1.3, 2.4",
			Means:   "数量不是商品步长的整倍数, 或门店看到的步长和目录不一样。挂起这一行。",
			Steps: []string{
				"先看目录的步长对不对。",
				"步长错了: 转采购更正; 由它引起的各条自行复核, 治好的自行结案。",
				"步长对: 问门店要上一个还是下一个倍数。",
			},
			Who:   []string{"客服: 问倍数, 改数量。采购: 更正步长。"},
			Money: "这一行多出的金额。时刻: 截单, 拣货, 装车。",
		},
		domain.SlowFulfilment: {
			Clauses: "3.1.5, 1.9, 4.4",
			Means:   "接受, 配货, 装车, 送达中有一步超过答应的时间, 或眼看要超, 或接受了还没排送货。不挂起。",
			Steps: []string{
				"看卡在哪一步, 从几时起, 原定几时。",
				"物流说原因, 给新的时间。",
				"告知门店。其实已送到的, 记为已送达。",
				"门店不要了, 转客服取消。",
			},
			Who:   []string{"物流: 查原因, 排新时间。客服: 取消整单。"},
			Money: "整单金额, 生鲜加倍。时刻: 下一个答应的时间。",
		},
		domain.OrderChange: {
			Clauses: "3.1.6, 1.4",
			Means:   "门店要改已下的订单。装车前挂起整单。",
			Steps: []string{
				"看发货没有。",
				"没发: 取消原单, 照门店要的重下, 两单相连; 各行数量可改, 0是不要。",
				"已发: 不予变更, 收货时再说。",
				"门店又不改了: 门店撤回, 原单照走。",
			},
			Who:   []string{"客服: 问清, 重下。"},
			Money: "改掉或加上的金额。时刻: 拣货, 装车。",
		},
		domain.ShortWeight: {
			Clauses: "3.1.7, 1.5",
			Means:   "收货比订货少, 超过商品容差(比例和绝对值取大的)。不挂起。",
			Steps: []string{
				"看订多少, 收多少, 容差多少, 有没有磅单或照片。",
				"投诉号已给; 告诉门店, 答应几时答复。",
				"仓库, 供应商或磅单证实。",
				"退差价, 或补单, 或查无此事不赔。",
			},
			Who:   []string{"客服: 决定。仓库和供应商: 证实。财务: 周结算时看到。"},
			Money: "少的货值。时刻: 答应门店的时间, 申诉期满, 周结算。",
		},
		domain.Replenishment: {
			Clauses: "3.1.8, 1.6",
			Means:   "本店每到这天都订的商品没订; 订单掉了行; 或不在下单时间补货。截单前预见, 截单时坐实。一店一条。",
			Steps: []string{
				"看缺哪几种, 近几次订了几次。",
				"问门店还要不要。",
				"要, 而现在能下: 替它下一张普通订单, 数量逐行可改。",
				"不要: 记下。门店自己补上的, 自行消失。",
			},
			Who:   []string{"客服: 问, 代下。拓展: 联系找不到的店。"},
			Money: "缺的商品平常的金额。时刻: 截单, 拣货。",
		},
		domain.ZeroStock: {
			Clauses: "3.1.9, 1.7, 2.5",
			Means:   "订的商品没有库存, 或订得比库存多。挂起这一行; 下单被拒的没有订单。",
			Steps: []string{
				"采购先查真实库存。",
				"系统错了: 更正库存, 门店的订单继续走。",
				"确实没有: 记下, 交回客服; 告诉门店取消, 少订或换一种。",
			},
			Who:   []string{"采购: 查库存, 更正。客服: 告诉门店, 改, 换或取消。"},
			Money: "这一行的金额。时刻: 截单, 拣货。",
		},
		domain.NotOrderable: {
			Clauses: "3.1.10, 1.3",
			Means:   "商品状态正常, 平台却拒了门店下单。还没有订单, 不挂起什么。",
			Steps: []string{
				"先看步长: 门店见的和目录的一样吗, 数量是不是倍数。",
				"再看状态, 价格, 库存。",
				"哪里错更正哪里; 被拒的门店可告知再下。",
				"真的下架了, 确认下架。",
			},
			Who:   []string{"采购: 查原因, 更正。客服: 告知门店。"},
			Money: "平常订它的金额。时刻: 截单, 拣货。",
		},
		domain.Overweight: {
			Clauses: "3.1.11, 1.10",
			Means:   "收货比订货多, 超过商品容差。不挂起。",
			Steps: []string{
				"看订多少, 收多少, 容差多少, 凭证。",
				"告诉门店投诉号, 问留下还是退回。",
				"仓库, 供应商或磅单证实。",
				"补收, 或退回多出的, 或送给门店。",
			},
			Who:   []string{"客服: 决定。仓库和供应商: 证实。财务: 周结算时看到。"},
			Money: "多的货值。时刻: 答应门店的时间, 申诉期满, 周结算。",
		},
		domain.WrongOrder: {
			Clauses: "3.1.12, 1.8",
			Means:   "门店报下错或要取消; 或与当天另一单重复; 或像打错: 多一位, 箱当件, 斤当公斤。装车前挂起。",
			Steps: []string{
				"看发货没有。",
				"致电门店, 念那一句。",
				"取消整单, 或取消重下, 或只改错的那行。",
				"门店坚持: 照单保留。",
			},
			Who:   []string{"客服: 核对, 决定。"},
			Money: "重复的按整单, 打错的按多出的。时刻: 截单, 拣货, 装车。",
		},
		domain.Return: {
			Clauses: "3.1.13, 1.11, 4.3",
			Means:   "门店要退货。不挂起。",
			Steps: []string{
				"看退什么, 多少, 为什么。",
				"转采购: 看货, 属实几何。",
				"采购问供应商: 同意, 同意一部分, 拒绝; 等答复的定期限。",
				"同意的, 客服写入: 结算退款, 能卖的回库。拒绝的, 告知门店。",
			},
			Who:   []string{"客服: 受理, 写入。采购: 看货, 问供应商, 代记其答复。财务: 周结算时看到。"},
			Money: "要退的货值。时刻: 答应门店的时间, 申诉期满, 周结算。",
		},
	}
}
