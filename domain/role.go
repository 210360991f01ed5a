package domain

// Role is what a person may be (§4). A person may have several.
type Role string

// The roles of the people, and of the programs that write orders and judge them.
const (
	RoleAgent       Role = "agent"       // customer service
	RoleManager     Role = "manager"     // operations manager, §4.1.6
	RoleExpansion   Role = "expansion"   // §4.2
	RoleProcurement Role = "procurement" // §4.3
	RoleLogistics   Role = "logistics"   // §4.4
	RoleTraining    Role = "training"    // §4.5
	RoleFinance     Role = "finance"     // chief accountant, §4.6
	RoleIntake      Role = "intake"      // programs only
)

// StaffRoles lists the roles a person may have, in the order of the clauses.
func StaffRoles() []Role {
	return []Role{RoleAgent, RoleManager, RoleExpansion, RoleProcurement, RoleLogistics, RoleTraining, RoleFinance}
}

// Valid tells whether r is a role a person may have.
func (r Role) Valid() bool {
	for _, known := range StaffRoles() {
		if r == known {
			return true
		}
	}
	return false
}

// Department is with whom an anomaly lies. At any moment it lies with exactly one.
type Department string

// The departments work can lie with.
const (
	CustomerService Department = "customer_service"
	Manager         Department = "manager"
	Expansion       Department = "expansion"
	Procurement     Department = "procurement"
	Logistics       Department = "logistics"
	Training        Department = "training"
	Finance         Department = "finance"
)

// Departments lists the departments work can lie with.
func Departments() []Department {
	return []Department{CustomerService, Manager, Expansion, Procurement, Logistics, Training, Finance}
}

// Valid tells whether d is a department.
func (d Department) Valid() bool {
	for _, known := range Departments() {
		if d == known {
			return true
		}
	}
	return false
}

// Department is where people of this role work.
func (r Role) Department() Department {
	switch r {
	case RoleManager:
		return Manager
	case RoleExpansion:
		return Expansion
	case RoleProcurement:
		return Procurement
	case RoleLogistics:
		return Logistics
	case RoleTraining:
		return Training
	case RoleFinance:
		return Finance
	default:
		return CustomerService
	}
}
